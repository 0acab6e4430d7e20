/** Where the project lies and what was compiled from it. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { loadSpec } from '../spec/load.ts';
import type { Spec } from '../spec/model.ts';
import { UsageError, messageOf } from './failure.ts';

/** The folder with package.json, features/ and build/: this file is compiled to build/runner/, and tested from runner/. */
export const ROOT = rootOf(import.meta.dirname);

function rootOf(runner: string): string {
  const parent = dirname(runner);
  return basename(parent) === 'build' ? dirname(parent) : parent;
}

export function specFile(root: string): string {
  return join(root, 'build', 'spec.json');
}

/** True for the folder of an installed package: nothing of it is ever changed. What compiles the sources is not in it. */
export function isPackage(root: string): boolean {
  return !existsSync(join(root, 'tsconfig.json'));
}

export function toolVersion(root: string): string {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  return manifest.version;
}

export function compiledSpec(root: string): Spec {
  try {
    return loadSpec(specFile(root));
  } catch (thrown) {
    throw new UsageError(messageOf(thrown));
  }
}
