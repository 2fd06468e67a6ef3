import { useId, type ReactNode, type Ref } from 'react';
import { caretAfter, digitsOf } from '../card/format';

interface Props {
  label: string;
  name: string;
  autoComplete: 'cc-number' | 'cc-exp' | 'cc-csc';
  placeholder: string;
  error: string | undefined;
  hintId?: string;
  /** Beside the input, such as the card's brand. */
  badge?: ReactNode;
  input: Ref<HTMLInputElement>;
  format: (text: string) => string;
  onInput: (value: string) => void;
  onBlur?: () => void;
}

/** A field of digits that formats itself. Uncontrolled: what is typed lives in the input and nowhere else. */
export function CardInput({ label, name, autoComplete, placeholder, error, hintId, badge, input, format, onInput, onBlur }: Props) {
  const id = useId();
  const described = [error && `${id}-error`, hintId].filter(Boolean).join(' ');
  return (
    <div className="field card-field">
      <label htmlFor={id}>{label}</label>
      <div className="card-field__box">
        <input
          ref={input}
          id={id}
          name={name}
          type="text"
          inputMode="numeric"
          autoComplete={autoComplete}
          spellCheck={false}
          placeholder={placeholder}
          aria-required
          aria-invalid={error !== undefined}
          aria-describedby={described || undefined}
          onBlur={onBlur}
          onInput={({ currentTarget }) => {
            reformat(currentTarget, format);
            onInput(currentTarget.value);
          }}
        />
        {badge}
      </div>
      {error && <p id={`${id}-error`} className="field__error">{error}</p>}
    </div>
  );
}

function reformat(input: HTMLInputElement, format: (text: string) => string) {
  const formatted = format(input.value);
  if (formatted === input.value) return;
  const caret = input.selectionStart ?? input.value.length;
  const atEnd = caret === input.value.length;
  const digitsBefore = digitsOf(input.value.slice(0, caret)).length;
  input.value = formatted;
  // Not at the end: somebody corrects in the middle, and the cursor must not jump away.
  if (!atEnd) input.setSelectionRange(caretAfter(formatted, digitsBefore), caretAfter(formatted, digitsBefore));
}
