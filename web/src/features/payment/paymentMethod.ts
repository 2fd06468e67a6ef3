/** What the payment gateway's bank may compare with what it knows of the cardholder. */
export interface BillingDetails {
  name: string;
  email: string;
  postalCode: string;
  country: string;
}

/** How the checkout talks to whichever card form is shown. Card data stays behind it; only the gateway's token comes out. */
export interface PaymentMethodHandle {
  /** Checks what was entered, shows what is wrong, and says how many fields are. */
  check(): number;
  /** Moves to the first field that is wrong. */
  focus(): void;
  /** The gateway's token for the card, the same as long as the entry is; undefined when it was refused, which the card form shows. */
  tokenize(billing: BillingDetails): Promise<string | undefined>;
}
