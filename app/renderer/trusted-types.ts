interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML: (text: string) => string }): unknown;
}

/**
 * With `require-trusted-types-for 'script'` in the policy of the page nothing may turn text into HTML. The component library writes style
 * sheets through `innerHTML` of `<style>`; those hold no `<`, so this lets exactly that through.
 */
export const guardHtml = (): void => {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy('default', {
    createHTML(text) {
      if (text.includes('<')) throw new TypeError('Text may not become HTML here.');
      return text;
    },
  });
};
