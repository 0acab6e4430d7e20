/** The start tags of an HTML document with the places of their attributes, so that a page can be edited where it stands. */
import { Tokenizer } from 'htmlparser2';

export interface Attribute {
  /** Lower case. */
  readonly name: string;
  /** As written, character references and all. */
  readonly value: string;
  /** Where the value starts, without its quote. */
  readonly offset: number;
}

export interface Tag {
  readonly name: string;
  /** From `<` to behind `>`. */
  readonly start: number;
  readonly end: number;
  readonly attributes: readonly Attribute[];
  /** What stands between this tag and the next one of any kind. */
  text: string;
}

export function tagsOf(html: string): readonly Tag[] {
  const tags: Tag[] = [];
  let open: { name: string; start: number; attributes: Attribute[] } | undefined;
  let name = '';
  let value: { offset: number; text: string } | undefined;
  let inside: Tag | undefined;
  const close = (last: number): void => {
    if (open === undefined) return;
    inside = { ...open, end: last + 1, text: '' };
    tags.push(inside);
    open = undefined;
  };
  const nothing = (): void => undefined;
  const tokenizer = new Tokenizer(
    { decodeEntities: false, xmlMode: false },
    {
      onopentagname: (start, end) =>
        (open = { name: html.slice(start, end).toLowerCase(), start: start - 1, attributes: [] }),
      onattribname: (start, end) => {
        name = html.slice(start, end).toLowerCase();
        value = undefined;
      },
      onattribdata: (start, end) => (value = { offset: start, text: html.slice(start, end) }),
      onattribend: (_quote, end) =>
        open?.attributes.push({ name, value: value?.text ?? '', offset: value?.offset ?? end }),
      onopentagend: close,
      onselfclosingtag: close,
      ontext: (start, end) => {
        if (inside !== undefined) inside.text += html.slice(start, end);
      },
      onclosetag: () => (inside = undefined),
      oncomment: nothing,
      oncdata: nothing,
      ondeclaration: nothing,
      onprocessinginstruction: nothing,
      onattribentity: nothing,
      ontextentity: nothing,
      onend: nothing,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return tags;
}

export function attribute(tag: Tag, name: string): string | undefined {
  return tag.attributes.find((one) => one.name === name)?.value;
}
