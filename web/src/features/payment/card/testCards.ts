/** Stripe's published test cards, and the payment methods they stand for at the payment simulator. Nothing else is ever turned into a token. */
export const testCards = [
  { number: '4242424242424242', token: 'pm_card_visa', outcome: 'succeeds' },
  { number: '5555555555554444', token: 'pm_card_mastercard', outcome: 'succeeds' },
  { number: '378282246310005', token: 'pm_card_amex', outcome: 'succeeds' },
  { number: '4000000000003220', token: 'pm_card_threeDSecure2Required', outcome: 'challenge' },
  { number: '4000002760003184', token: 'pm_card_authenticationRequired', outcome: 'challenge' },
  { number: '4000008400001629', token: 'pm_card_threeDSecureRequiredChargeDeclined', outcome: 'challengeThenDeclined' },
  { number: '4000000000000002', token: 'pm_card_chargeDeclined', outcome: 'declined' },
  { number: '4000000000009995', token: 'pm_card_chargeDeclinedInsufficientFunds', outcome: 'insufficientFunds' },
  { number: '4000000000000069', token: 'pm_card_chargeDeclinedExpiredCard', outcome: 'expired' },
  { number: '4000000000000127', token: 'pm_card_chargeDeclinedIncorrectCvc', outcome: 'incorrectCvc' },
  { number: '4000000000000119', token: 'pm_card_chargeDeclinedProcessingError', outcome: 'processingError' },
  { number: '4100000000000019', token: 'pm_card_chargeDeclinedFraudulent', outcome: 'fraudulent' },
] as const;

export type TestCard = (typeof testCards)[number];

/** The simulator's token for a test card's number; undefined for every other number, a real card's above all. */
export const tokenOf = (digits: string): TestCard['token'] | undefined => testCards.find(({ number }) => number === digits)?.token;
