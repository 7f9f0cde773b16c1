importScripts('workerpool.js');
workerpool.worker({ empty: () => {} });
