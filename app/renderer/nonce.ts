/** The nonce that the server put into this page for `<style>` elements; none where it serves without one. */
export const styleNonce = (): string | undefined => {
  const value = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content;
  return value && !value.startsWith('__') ? value : undefined;
};
