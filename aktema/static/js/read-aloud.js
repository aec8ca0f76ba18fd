// Reads a page aloud sentence by sentence with the browser's own voice, and shows where it is.
const voice = () => speechSynthesis.getVoices().find((one) => one.lang.replace("_", "-").startsWith("sv"));

function reader(room) {
  const bar = room.querySelector("[data-speak-bar]");
  const sentences = [...room.querySelectorAll("[data-sentence]")];
  const play = bar.querySelector("[data-speak=play]");
  const stop = bar.querySelector("[data-speak=stop]");
  let at = 0;
  let turn = 0;
  let isReading = false;

  const mark = () => {
    room.querySelectorAll(".is-read").forEach((one) => one.classList.remove("is-read"));
    if (stop.disabled) {
      return;
    }
    sentences[at].classList.add("is-read");
    sentences[at].scrollIntoView({ block: "nearest" });
  };

  const show = (state) => {
    isReading = state === "reading";
    stop.disabled = state === "stopped";
    play.querySelector("[data-label]").textContent = isReading ? play.dataset.pause : play.dataset.play;
    play.querySelector("[data-shown=play]").hidden = isReading;
    play.querySelector("[data-shown=pause]").hidden = !isReading;
    mark();
  };

  const halt = () => {
    turn += 1;
    speechSynthesis.cancel();
  };

  const speak = () => {
    halt();
    const mine = turn;
    const words = new SpeechSynthesisUtterance(sentences[at].textContent.trim());
    words.lang = "sv-SE";
    words.rate = 0.9;
    words.voice = voice() ?? null;
    words.onend = () => mine === turn && goOn();
    words.onerror = () => mine === turn && show("paused");
    show("reading");
    speechSynthesis.speak(words);
  };

  const goOn = () => {
    if (at + 1 < sentences.length) {
      at += 1;
      speak();
    } else {
      end();
    }
  };

  const end = () => {
    halt();
    at = 0;
    if (document.activeElement === stop) {
      play.focus();
    }
    show("stopped");
  };

  const pause = () => {
    halt();
    show("paused");
  };

  const move = (steps) => {
    at = Math.min(Math.max(at + steps, 0), sentences.length - 1);
    speak();
  };

  const acts = { play: () => (isReading ? pause() : speak()), previous: () => move(-1), next: () => move(1), stop: end };
  bar.addEventListener("click", (event) => acts[event.target.closest("[data-speak]")?.dataset.speak]?.());
  room.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !stop.disabled) {
      end();
    }
  });
  window.addEventListener("pagehide", halt);
  bar.hidden = sentences.length === 0;
}

if ("speechSynthesis" in window && "SpeechSynthesisUtterance" in window) {
  document.querySelectorAll("[data-read-aloud]:has([data-speak-bar])").forEach(reader);
}
