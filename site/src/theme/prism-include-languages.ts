/** No language is highlighted: the blocks of the specification are layouts and C fragments, and the highlighter is a fifth of every page. */
export default function prismIncludeLanguages(): void {
  // Nothing to include.
}
