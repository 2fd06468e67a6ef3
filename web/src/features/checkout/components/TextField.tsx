import { useId } from 'react';

interface Props {
  label: string;
  name: string;
  value: string;
  error?: string | undefined;
  type?: 'text' | 'email';
  autoComplete: string;
  onChange: (value: string) => void;
}

export function TextField({ label, name, value, error, type = 'text', autoComplete, onChange }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type={type}
        value={value}
        autoComplete={autoComplete}
        aria-invalid={error !== undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {error && <p id={`${id}-error`} className="field__error">{error}</p>}
    </div>
  );
}
