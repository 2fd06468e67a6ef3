import { useTranslation } from 'react-i18next';
import type { CheckoutForm, FieldName } from '../form';
import { TextField } from './TextField';

const countries = ['AT', 'BE', 'CH', 'DE', 'DK', 'ES', 'FR', 'IE', 'IT', 'LU', 'NL', 'PT', 'SE'] as const;

const addressFields = [
  ['name', 'name'],
  ['line1', 'address-line1'],
  ['line2', 'address-line2'],
  ['postalCode', 'postal-code'],
  ['city', 'address-level2'],
  ['region', 'address-level1'],
] as const satisfies readonly (readonly [FieldName, string])[];

interface Props {
  form: CheckoutForm;
  errorText: (field: FieldName) => string | undefined;
  onChange: (field: FieldName, value: string) => void;
}

/** Who orders, and where the goods go. */
export function AddressFields({ form, errorText, onChange }: Props) {
  const { t } = useTranslation();
  const field = (name: FieldName, autoComplete: string, type: 'text' | 'email' = 'text') => (
    <TextField
      key={name} label={t(`checkout.${name}`)} name={name} type={type} autoComplete={autoComplete}
      value={form[name]} error={errorText(name)} onChange={(value) => onChange(name, value)}
    />
  );
  return (
    <>
      <fieldset className="fields">
        <legend>{t('checkout.contact')}</legend>
        {field('email', 'email', 'email')}
      </fieldset>
      <fieldset className="fields">
        <legend>{t('checkout.address')}</legend>
        {addressFields.map(([name, autoComplete]) => field(name, autoComplete))}
        <div className="field">
          <label htmlFor="country">{t('checkout.country')}</label>
          <select id="country" name="country" autoComplete="country" value={form.country} onChange={(event) => onChange('country', event.target.value)}>
            {countries.map((code) => <option key={code} value={code}>{t(`countries.${code}`)}</option>)}
          </select>
        </div>
      </fieldset>
    </>
  );
}
