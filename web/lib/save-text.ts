/** Saves a text as a file, as a download of the browser. */
export function saveText(fileName: string, { text, type }: { readonly text: string; readonly type: string }): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
