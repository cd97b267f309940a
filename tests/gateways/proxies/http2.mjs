// Follows a feed over HTTP/2 and prints its lines: node http2.mjs ORIGIN PATH TOKEN

import http2 from "node:http2";

const [origin, path, token] = process.argv.slice(2);
const client = http2.connect(origin, { rejectUnauthorized: false });
const request = client.request({ ":path": path, accept: "text/event-stream", authorization: `Bearer ${token}` });
request.setEncoding("utf8");
request.on("data", (text) => process.stdout.write(text));
request.on("end", () => client.close());
request.end();
