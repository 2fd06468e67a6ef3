import { useId, useImperativeHandle, useRef, useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { brandOf, type Brand } from '../card/brand';
import { checkCard, checkNumber, type CardErrors, type CardField } from '../card/check';
import { digitsOf, formatCvc, formatExpiry, formatNumber } from '../card/format';
import { tokenOf, type TestCard } from '../card/testCards';
import type { PaymentMethodHandle } from '../paymentMethod';
import { CardInput } from './CardInput';
import { TestCardList } from './TestCardList';

interface Props {
  handle: Ref<PaymentMethodHandle>;
  /** How many fields are shown as wrong. */
  onWrong: (count: number) => void;
}

/** The card form of a shop without a payment gateway's key. It takes published test cards and refuses every other number, here in the
 *  browser: a real card's number must go nowhere, so it is not kept in React's state either. */
export function TestCardFields({ handle, onWrong }: Props) {
  const { t } = useTranslation();
  const hintId = useId();
  const number = useRef<HTMLInputElement>(null);
  const expiry = useRef<HTMLInputElement>(null);
  const cvc = useRef<HTMLInputElement>(null);
  const inputs = { number, expiry, cvc };
  const [errors, setErrors] = useState<CardErrors>({});
  const [brand, setBrand] = useState<Brand>();

  const show = (found: CardErrors) => {
    if (found.number === 'notTestCard') {
      set(number, '');
      setBrand(undefined);
    }
    setErrors(found);
    onWrong(Object.keys(found).length);
  };
  const corrected = (field: CardField) => {
    if (!errors[field]) return;
    const { [field]: _corrected, ...others } = errors;
    show(others);
  };
  const use = (card: TestCard) => {
    set(number, formatNumber(card.number));
    set(expiry, `12 / ${String((new Date().getFullYear() + 3) % 100).padStart(2, '0')}`);
    set(cvc, brandOf(card.number) === 'amex' ? '1234' : '123');
    setBrand(brandOf(card.number));
    show({});
  };

  useImperativeHandle(handle, () => ({
    check() {
      const found = checkCard({ number: valueOf(number), expiry: valueOf(expiry), cvc: valueOf(cvc) }, new Date());
      // Empty because a number was taken out: why says more than that it is.
      if (found.number === 'required' && errors.number === 'notTestCard') found.number = errors.number;
      show(found);
      return Object.keys(found).length;
    },
    focus() {
      const first = (Object.keys(inputs) as CardField[]).find((field) => inputs[field].current?.getAttribute('aria-invalid') === 'true');
      (first ? inputs[first] : number).current?.focus();
    },
    tokenize: () => Promise.resolve(tokenOf(digitsOf(valueOf(number)))),
  }));

  const errorText = (field: CardField) => errors[field] && t(`card.${errors[field]}`);
  return (
    <>
      <p id={hintId} className="notice notice--info">{t('card.testOnly')}</p>
      <div className="card-fields">
        <CardInput
          label={t('card.number')} name="cardnumber" autoComplete="cc-number" placeholder="4242 4242 4242 4242" hintId={hintId}
          input={number} format={formatNumber} error={errorText('number')}
          badge={brand && <span className="card-brand" data-brand={brand}>{t(`card.brand.${brand}`)}</span>}
          onInput={(value) => {
            setBrand(brandOf(digitsOf(value)));
            corrected('number');
          }}
          // A number that is complete but no test card's is taken out at once, not only when the order is placed.
          onBlur={() => checkNumber(valueOf(number)) === 'notTestCard' && show({ ...errors, number: 'notTestCard' })}
        />
        <CardInput
          label={t('card.expiry')} name="cc-exp" autoComplete="cc-exp" placeholder={t('card.expiryPlaceholder')}
          input={expiry} format={formatExpiry} error={errorText('expiry')} onInput={() => corrected('expiry')}
        />
        <CardInput
          label={t('card.cvc')} name="cvc" autoComplete="cc-csc" placeholder={brand === 'amex' ? '1234' : '123'}
          input={cvc} format={formatCvc} error={errorText('cvc')} onInput={() => corrected('cvc')}
        />
      </div>
      <TestCardList onUse={use} />
    </>
  );
}

const valueOf = ({ current }: { current: HTMLInputElement | null }) => current?.value ?? '';

function set({ current }: { current: HTMLInputElement | null }, value: string) {
  if (current) current.value = value;
}
