// What an ELF program needs of the machine it runs on, read from its headers (elf(5)).

import type { Architecture } from './platform.ts';

export interface Elf {
  /** `undefined` for one that charms are not packed for. */
  readonly architecture: Architecture | undefined;
  /** Shared libraries, such as `libc.so.6`. */
  readonly libraries: readonly string[];
  /** The newest version of glibc that it asks for, such as `2.28`; `undefined` if it asks for none. */
  readonly glibc: string | undefined;
}

const MACHINES: Readonly<Record<number, Architecture>> = { 62: 'amd64', 183: 'arm64' };
const MAGIC = 0x7f454c46;
const [SHT_STRTAB, SHT_DYNAMIC, SHT_VERNEED] = [3, 6, 0x6ffffffe];
const DT_NEEDED = 1n;

interface Section {
  readonly type: number;
  readonly data: DataView;
  /** Index of the section with its texts. */
  readonly link: number;
  /** For version needs: how many there are. */
  readonly info: number;
}

/** `undefined` for what is no 64-bit little-endian ELF, or is cut off. */
export function readElf(program: Uint8Array): Elf | undefined {
  try {
    return elfFrom(new DataView(program.buffer, program.byteOffset, program.byteLength));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function elfFrom(file: DataView): Elf | undefined {
  const is64BitLittleEndian = file.getUint8(4) === 2 && file.getUint8(5) === 1;
  if (file.getUint32(0) !== MAGIC || !is64BitLittleEndian) return undefined;
  const sections = sectionsOf(file);
  return {
    architecture: MACHINES[file.getUint16(18, true)],
    libraries: sections.flatMap((section) => librariesIn(section, sections)),
    glibc: newest(sections.flatMap((section) => glibcVersionsIn(section, sections))),
  };
}

function sectionsOf(file: DataView): readonly Section[] {
  const start = Number(file.getBigUint64(0x28, true));
  const size = file.getUint16(0x3a, true);
  const count = file.getUint16(0x3c, true);
  return Array.from({ length: count }, (_, index) => sectionAt(file, start + index * size));
}

function sectionAt(file: DataView, at: number): Section {
  const type = file.getUint32(at + 4, true);
  const hasContent = [SHT_STRTAB, SHT_DYNAMIC, SHT_VERNEED].includes(type);
  const [offset, size] = [file.getBigUint64(at + 24, true), file.getBigUint64(at + 32, true)].map(Number);
  return {
    type,
    data: new DataView(file.buffer, file.byteOffset + (hasContent ? (offset ?? 0) : 0), hasContent ? size : 0),
    link: file.getUint32(at + 40, true),
    info: file.getUint32(at + 44, true),
  };
}

function librariesIn({ type, data, link }: Section, sections: readonly Section[]): readonly string[] {
  if (type !== SHT_DYNAMIC) return [];
  const found: string[] = [];
  for (let at = 0; at + 16 <= data.byteLength; at += 16) {
    if (data.getBigInt64(at, true) !== DT_NEEDED) continue;
    found.push(textAt(sections[link], Number(data.getBigUint64(at + 8, true))));
  }
  return found;
}

/** Each needed library has a chain of the versions that are asked of it. */
function glibcVersionsIn({ type, data, link, info }: Section, sections: readonly Section[]): readonly string[] {
  if (type !== SHT_VERNEED) return [];
  const found: string[] = [];
  let need = 0;
  for (let index = 0; index < info; index += 1) {
    let version = need + data.getUint32(need + 8, true);
    for (let left = data.getUint16(need + 2, true); left > 0; left -= 1) {
      const name = textAt(sections[link], data.getUint32(version + 8, true));
      if (name.startsWith('GLIBC_')) found.push(name.slice('GLIBC_'.length));
      version += data.getUint32(version + 12, true);
    }
    need += data.getUint32(need + 12, true);
  }
  return found;
}

function newest(versions: readonly string[]): string | undefined {
  return versions.toSorted(compareVersions).at(-1);
}

/** Negative if `a` is older. */
export function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function textAt(texts: Section | undefined, at: number): string {
  if (!texts) return '';
  let end = at;
  while (texts.data.getUint8(end) !== 0) end += 1;
  return new TextDecoder().decode(new Uint8Array(texts.data.buffer, texts.data.byteOffset + at, end - at));
}
