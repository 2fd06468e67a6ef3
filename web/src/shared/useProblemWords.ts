import { useTranslation } from 'react-i18next';
import en from '../i18n/en.json';
import type { Problem } from './problem';

type Code = keyof typeof en.problem.codes;

const isKnown = (code: string | undefined): code is Code => code !== undefined && Object.hasOwn(en.problem.codes, code);

/** A refusal in the customer's words: ours for codes we know, otherwise the server's. */
export function useProblemWords() {
  const { t } = useTranslation();
  return ({ code, title }: Problem): string => (isKnown(code) ? t(`problem.codes.${code}`) : title);
}
