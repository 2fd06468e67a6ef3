import type { Address, NewOrder, Order } from '../orders/api';

export type FieldName = 'email' | keyof Address;

export interface CheckoutForm extends Record<FieldName, string> {
  email: string;
}

export const emptyForm: CheckoutForm = {
  email: '', name: '', line1: '', line2: '', city: '', postalCode: '', region: '', country: 'DE',
};

export type FieldError = 'required' | 'invalidEmail' | 'tooLong';

/** Longest values the order service takes, in characters. */
export const maxLengths: Record<FieldName, number> = {
  email: 254, name: 100, line1: 120, line2: 120, city: 80, postalCode: 16, region: 80, country: 2,
};

const optional: readonly FieldName[] = ['line2', 'region'];

/** The first thing wrong with each field; the server checks again and has the last word. */
export function validate(form: CheckoutForm): Partial<Record<FieldName, FieldError>> {
  const errors: Partial<Record<FieldName, FieldError>> = {};
  for (const field of Object.keys(maxLengths) as FieldName[]) {
    const value = form[field].trim();
    if (!value && !optional.includes(field)) errors[field] = 'required';
    else if (value.length > maxLengths[field]) errors[field] = 'tooLong';
    else if (field === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) errors[field] = 'invalidEmail';
  }
  return errors;
}

export function toOrder(form: CheckoutForm, token: string): NewOrder {
  const text = (field: FieldName) => form[field].trim();
  return {
    email: text('email'),
    shippingAddress: {
      name: text('name'),
      line1: text('line1'),
      city: text('city'),
      postalCode: text('postalCode'),
      country: text('country'),
      ...(text('line2') && { line2: text('line2') }),
      ...(text('region') && { region: text('region') }),
    },
    paymentMethod: { type: 'card', token },
  };
}

/** The form of somebody who orders again what did not work before; the card is asked for anew. */
export const formOf = ({ email, shippingAddress }: Pick<Order, 'email' | 'shippingAddress'>): CheckoutForm =>
  ({ ...emptyForm, email, ...Object.fromEntries(Object.entries(shippingAddress).filter(([, value]) => value)) });

/** Server-side validation names fields by their place in the request (`shippingAddress.city`); the form shows them at the field. */
export function fieldOf(serverName: string): FieldName | undefined {
  const name = serverName.split('.').at(-1) ?? '';
  return (Object.keys(maxLengths) as FieldName[]).find((field) => field.toLowerCase() === name.toLowerCase());
}
