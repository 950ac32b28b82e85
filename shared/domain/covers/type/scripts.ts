/** Scripts that covers have faces for, in the order in which a title's first letters choose its main face. */
export const TYPE_SCRIPTS = ['Latin', 'Cyrillic', 'Greek', 'Arabic', 'Hebrew', 'Devanagari', 'Thai', 'Han', 'Kana', 'Hangul', 'Emoji'] as const;
export type TypeScript = (typeof TYPE_SCRIPTS)[number];

const TESTS: Readonly<Record<TypeScript, RegExp>> = {
  Latin: /\p{Script=Latin}/u,
  Cyrillic: /\p{Script=Cyrillic}/u,
  Greek: /\p{Script=Greek}/u,
  Arabic: /\p{Script=Arabic}/u,
  Hebrew: /\p{Script=Hebrew}/u,
  Devanagari: /\p{Script=Devanagari}/u,
  Thai: /\p{Script=Thai}/u,
  Han: /\p{Script=Han}/u,
  Kana: /\p{Script=Hiragana}|\p{Script=Katakana}/u,
  Hangul: /\p{Script=Hangul}/u,
  Emoji: /\p{Emoji_Presentation}|\p{Extended_Pictographic}/u,
};

/** Languages whose shapes of Han characters differ. */
export type HanFace = 'ja' | 'ko' | 'zh';

/** The scripts of a text. Digits, signs and spaces belong to none. */
export function scriptsOf(text: string): ReadonlySet<TypeScript> {
  return new Set(TYPE_SCRIPTS.filter((script) => TESTS[script].test(text)));
}

/** Whose shapes Han characters take: the person's language when it is one of the three, else kana means Japanese and hangul Korean, else Chinese. */
export function hanFaceOf(text: string, language: string | undefined): HanFace {
  const scripts = scriptsOf(text);
  if (scripts.has('Kana')) return 'ja';
  if (scripts.has('Hangul')) return 'ko';
  const [spoken] = (language ?? '').toLowerCase().split('-');
  return spoken === 'ja' || spoken === 'ko' ? spoken : 'zh';
}

/** Direction of the whole title: that of its first letter with a direction (UAX 9, rules P2 and P3). */
export function directionOf(text: string): 'ltr' | 'rtl' {
  const first = /\p{L}/u.exec(text)?.[0];
  return first !== undefined && /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(first) ? 'rtl' : 'ltr';
}

/** Whether letters may be set apart: extra space tears the joined letters of Arabic and the headline of Devanagari, and parts marks in Thai. */
export function mayBeSpaced(text: string): boolean {
  const scripts = scriptsOf(text);
  return !(['Arabic', 'Devanagari', 'Thai', 'Emoji'] as const).some((script) => scripts.has(script));
}

/** The text in capitals by the rules of its language. Only Latin, Greek and Cyrillic have capitals on covers; any other text stays as it is. */
export function capitalsOf(text: string, language: string | undefined): string {
  const scripts = scriptsOf(text);
  const others = TYPE_SCRIPTS.filter((script) => !['Latin', 'Greek', 'Cyrillic'].includes(script));
  if (others.some((script) => scripts.has(script))) return text;
  return text.toLocaleUpperCase(isLanguage(language) ? language : 'en');
}

function isLanguage(language: string | undefined): language is string {
  return language !== undefined && /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/iu.test(language);
}
