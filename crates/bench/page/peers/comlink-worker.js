import { expose } from './comlink.mjs';
expose(() => {});
