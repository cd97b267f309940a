// Has the chat take the sample site for the page that is tried, and for a first visit.

const parameters = new URLSearchParams(location.search);
const page = parameters.get("page");

sessionStorage.removeItem(`hybridchat.${parameters.get("channel")}.invited`);
localStorage.removeItem(`hybridchat.${parameters.get("channel")}.dismissed`);
if (page?.startsWith("/") && !page.startsWith("//")) {
  addEventListener("load", () => history.replaceState(null, "", page)); // by then the loader knows its own address
}
