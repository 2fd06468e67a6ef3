import { useState } from 'react';

interface Props {
  label: string;
  value: number;
  max: number;
  onChange: (value: number) => void;
}

export function QuantityField({ label, value, max, onChange }: Props) {
  // What is typed while it is no quantity yet, such as the empty field between deleting "1" and typing "2".
  const [draft, setDraft] = useState<string>();
  return (
    <label className="quantity">
      <span className="quantity__label">{label}</span>
      <input
        type="number"
        inputMode="numeric"
        min={1}
        max={max}
        value={draft ?? value}
        onBlur={() => setDraft(undefined)}
        onChange={({ target }) => {
          const wanted = target.valueAsNumber;
          const complete = Number.isInteger(wanted) && wanted >= 1;
          setDraft(complete ? undefined : target.value);
          if (complete && wanted !== value) onChange(Math.min(wanted, max));
        }}
      />
    </label>
  );
}
