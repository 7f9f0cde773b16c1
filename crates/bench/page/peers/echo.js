// A bare worker: says that it is there, then sends back what it is sent.
postMessage('up');
onmessage = ({ data }) => postMessage(data);
