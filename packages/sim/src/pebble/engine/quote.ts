// Quotes a name for an error text as Pebble does (Go's %q).

export function quote(text: string): string {
  return JSON.stringify(text);
}
