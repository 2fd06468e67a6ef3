import { describe, expect, it } from 'vitest';
import { brandOf } from './brand';
import { checkCard, checkNumber, passesLuhn } from './check';
import { caretAfter, formatCvc, formatExpiry, formatNumber } from './format';
import { testCards, tokenOf } from './testCards';

const june2030 = new Date(2030, 5, 15);

describe('test cards', () => {
  it.each([
    ['4242424242424242', 'pm_card_visa'],
    ['5555555555554444', 'pm_card_mastercard'],
    ['378282246310005', 'pm_card_amex'],
    ['4000000000000002', 'pm_card_chargeDeclined'],
    ['4000000000009995', 'pm_card_chargeDeclinedInsufficientFunds'],
    ['4000000000000069', 'pm_card_chargeDeclinedExpiredCard'],
    ['4000000000000127', 'pm_card_chargeDeclinedIncorrectCvc'],
    ['4000000000000119', 'pm_card_chargeDeclinedProcessingError'],
    ['4100000000000019', 'pm_card_chargeDeclinedFraudulent'],
    ['4000000000003220', 'pm_card_threeDSecure2Required'],
    ['4000008400001629', 'pm_card_threeDSecureRequiredChargeDeclined'],
    ['4000002760003184', 'pm_card_authenticationRequired'],
  ])('%s stands for %s', (number, token) => {
    expect(tokenOf(number)).toBe(token);
    expect(checkNumber(formatNumber(number))).toBeUndefined();
  });

  it('are all there is: another number has no token, valid or not', () => {
    expect(tokenOf('4111111111111111')).toBeUndefined();
    expect(tokenOf('')).toBeUndefined();
    expect(tokenOf('424242424242424')).toBeUndefined();
    expect(testCards.every(({ number }) => passesLuhn(number))).toBe(true);
  });
});

describe('card number', () => {
  it.each([
    ['', 'required'],
    ['4242 4242', 'numberIncomplete'],
    ['4242 4242 4242 4241', 'numberInvalid'],
    ['4111 1111 1111 1111', 'notTestCard'],
    ['6011 1111 1111 1117', 'notTestCard'],
    ['3714 496353 98431', 'notTestCard'],
  ])('%j is refused: %s', (number, error) => expect(checkNumber(number)).toBe(error));

  it('is grouped as on the card, and no longer than it', () => {
    expect(formatNumber('424242')).toBe('4242 42');
    expect(formatNumber('4242-4242 4242x424299')).toBe('4242 4242 4242 4242');
    expect(formatNumber('378282246310005')).toBe('3782 822463 10005');
  });

  it('shows its brand from the first digits', () => {
    expect(['4', '51', '2221', '34', '37', '6011'].map(brandOf)).toEqual(['visa', 'mastercard', 'mastercard', 'amex', 'amex', undefined]);
  });

  it('keeps the cursor behind the digit just typed', () => {
    expect(caretAfter('4242 4242', 4)).toBe(4);
    expect(caretAfter('4242 4242', 5)).toBe(6);
    expect(caretAfter('4242 4242', 8)).toBe(9);
  });
});

describe('expiry date', () => {
  it.each([
    ['0', '0'], ['5', '05'], ['12', '12'], ['123', '12 / 3'], ['1230', '12 / 30'], ['04/2030', '04 / 30'], ['4/30', '04 / 30'], ['1/30', '01 / 30'],
  ])('%j becomes %j', (typed, shown) => expect(formatExpiry(typed)).toBe(shown));

  it.each([
    ['', 'required'], ['12', 'expiryInvalid'], ['13 / 30', 'expiryInvalid'], ['00 / 31', 'expiryInvalid'], ['05 / 30', 'expiryPast'], ['06 / 30', undefined], ['01 / 31', undefined],
  ])('%j in June 2030: %s', (expiry, error) => expect(checkCard({ number: '4242424242424242', expiry, cvc: '123' }, june2030).expiry).toBe(error));
});

describe('security code', () => {
  it('has three digits, or four with American Express', () => {
    const errorOf = (number: string, cvc: string) => checkCard({ number, expiry: '12 / 30', cvc }, june2030).cvc;
    expect(errorOf('4242424242424242', '')).toBe('required');
    expect(errorOf('4242424242424242', '12')).toBe('cvcInvalid');
    expect(errorOf('4242424242424242', '1234')).toBe('cvcInvalid');
    expect(errorOf('378282246310005', '123')).toBe('cvcInvalid');
    expect(errorOf('378282246310005', '1234')).toBeUndefined();
    expect(formatCvc('12a345')).toBe('1234');
  });
});
