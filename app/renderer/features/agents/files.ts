/** Hands something over as a file. */
export const saveAs = (name: string, content: string | Blob): void => {
  const blob = typeof content === 'string' ? new Blob([content], { type: 'application/yaml' }) : content;
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
};
