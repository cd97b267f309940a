// The sound of a new message: one soft tone, made here. A browser plays it only after the visitor has done something.

const SECONDS = 0.25;
const PITCHES = [660, 880]; // Hz
const LOUDNESS = 0.08;

let context = null;

/** Plays the sound, unless another tab of the site does. */
export async function ring() {
  if (!navigator.userActivation?.hasBeenActive) return;
  try {
    await navigator.locks.request("hybridchat.sound", { ifAvailable: true }, (lock) => lock && play());
  } catch {
    await play(); // the browser refuses locks where it refuses storage
  }
}

async function play() {
  context ??= new AudioContext();
  await context.resume();
  const gain = new GainNode(context, { gain: LOUDNESS });
  gain.connect(context.destination);
  gain.gain.exponentialRampToValueAtTime(0.001, context.currentTime + SECONDS);
  await Promise.all(PITCHES.map((frequency, at) => tone(frequency, context.currentTime + (at * SECONDS) / 2, gain)));
}

function tone(frequency, start, gain) {
  const oscillator = new OscillatorNode(context, { frequency });
  oscillator.connect(gain);
  oscillator.start(start);
  oscillator.stop(start + SECONDS / 2);
  return new Promise((resolve) => oscillator.addEventListener("ended", resolve));
}
