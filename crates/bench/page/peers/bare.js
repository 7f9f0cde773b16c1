// A worker that says when it began, and nothing else.
postMessage(performance.timeOrigin + performance.now());
