/** A short high tone for right, a long low one for wrong: [Hz, seconds, vibration in ms]. */
const signals = { good: [1_320, 0.09, [40]], bad: [196, 0.35, [120, 60, 120]] } as const;

let audio: AudioContext | undefined;

const beep = (hertz: number, seconds: number): void => {
  audio ??= new AudioContext();
  // Browsers start sound with the first key press only; a scan is one.
  if (audio.state === 'suspended') void audio.resume().catch(() => {});
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0.15, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + seconds);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + seconds);
};

/** What a scanner in noisy halls needs beside the band: sound and vibration. Devices without either stay silent. */
export const signal = (kind: keyof typeof signals): void => {
  const [hertz, seconds, vibration] = signals[kind];
  navigator.vibrate?.([...vibration]);
  if (typeof AudioContext !== 'undefined') beep(hertz, seconds);
};
