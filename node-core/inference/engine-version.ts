/** The pinned binding of llama.cpp: another one computes at another speed, and remembers prompts in another form. */
export const ENGINE_VERSION = '3.22.1';
