/** The YAML between `---` lines at the top of a chapter. The site reads it too; we read `sidebar_position`. */
import type { Report } from '../problem.ts';
import { fileStart } from './files.ts';
import { parseYaml } from './yaml_file.ts';

export interface FrontMatter {
  /** Lines it takes up, its two fences included; 0 where there is none. */
  readonly lines: number;
  /** Place of the chapter among the others; undefined where it is missing (and has been reported). */
  readonly position?: number;
}

export function readFrontMatter(file: string, text: string, report: Report): FrontMatter {
  const all = text.split('\n');
  const end = all[0]?.trimEnd() === '---' ? all.findIndex((line, index) => index > 0 && line.trimEnd() === '---') : -1;
  if (end < 0) {
    report(fileStart(file), 'a chapter starts with front matter: `---`, `sidebar_position: N`, `---`');
    return { lines: 0 };
  }
  // An empty first line stands for the fence, so that positions are those of the file.
  const yaml = parseYaml(file, ['', ...all.slice(1, end)].join('\n'), report);
  const value = yaml?.value;
  const position: unknown =
    typeof value === 'object' && value !== null && 'sidebar_position' in value ? value.sidebar_position : undefined;
  if (typeof position === 'number') return { lines: end + 1, position };
  if (yaml !== undefined) report(yaml.at(['sidebar_position']), 'front matter needs `sidebar_position`, a number');
  return { lines: end + 1 };
}
