// The sound of a new message: one soft tone, made here. A browser plays it only after the visitor has done something.

const SECONDS = 0.25;
const PITCHES = [660, 880]; // Hz
const LOUDNESS = 0.08;

/** @type {AudioContext?} */
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
  const audio = (context ??= new AudioContext());
  await audio.resume();
  const gain = new GainNode(audio, { gain: LOUDNESS });
  gain.connect(audio.destination);
  gain.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + SECONDS);
  await Promise.all(PITCHES.map((frequency, at) => tone(frequency, audio.currentTime + (at * SECONDS) / 2, gain)));
}

/**
 * @param {number} frequency
 * @param {number} start
 * @param {GainNode} gain
 */
function tone(frequency, start, gain) {
  const oscillator = new OscillatorNode(gain.context, { frequency });
  oscillator.connect(gain);
  oscillator.start(start);
  oscillator.stop(start + SECONDS / 2);
  return new Promise((resolve) => oscillator.addEventListener("ended", resolve));
}
