// One run: presses Run, does what `plan.actions` says at its moments, and tells how it ended.
// Moments are kept here, for a driver's commands come too late and too evenly.
const [plan, done] = arguments;
const run = document.querySelector("#run");
const events = collected.length;
const errors = uncaught.length;
const start = performance.now();
let stopped = false;

function act({ kind, name, value }) {
  if (kind === "stop") {
    if (!run.classList.contains("stop")) return;
    stopped = true;
    run.click();
    return;
  }
  const input = document.querySelector(`input[name="${name}"]`);
  if (kind === "number") {
    input.value = value;
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  } else if (input.checked !== value) {
    input.click();
  }
}

/** One setting after another, as a reader sets them: each once the page shows the one before. */
let drawn = Promise.resolve();
function set(action) {
  drawn = drawn.then(() => {
    act(action);
    return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  });
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const ends = () => collected.slice(events).filter(({ name }) => name === "result" || name === "error");

async function watch() {
  const late = () => performance.now() - start > plan.limit_ms;
  while (!late() && (ends().length === 0 || run.classList.contains("stop"))) await pause(10);
  // Where a run was over before, what was to be set is set after it; a stop would be one of the next run.
  for (const action of pending) {
    pending.delete(action);
    if (action.kind !== "stop") set(action);
  }
  await drawn;
  // A second end would come soon, and what was measured is drawn by then.
  await pause(60);
  done({
    ends: ends(),
    started: collected.slice(events).filter(({ name }) => name === "started").length,
    stopped,
    ready: !run.classList.contains("stop") && !run.disabled,
    told: [...document.querySelectorAll(".headline, .findings .doubt, .findings li")].map((it) => it.textContent),
    inRows: !!document.querySelector(".tick"),
    uncaught: uncaught.slice(errors),
  });
}

const pending = new Set(plan.actions);
for (const action of pending) {
  setTimeout(() => pending.delete(action) && (action.kind === "stop" ? act(action) : set(action)), action.at_ms);
}
run.click();
watch();
