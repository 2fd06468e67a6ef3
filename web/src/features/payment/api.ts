import { api } from '../../app/api';
import type { Money } from '../../shared/types';

export interface PaymentConfig {
  /** Stripe's publishable key; null when the payment simulator takes the payments. */
  publishableKey: string | null;
}

export type ChallengeStatus = 'open' | 'approved' | 'declined';

/** What the simulated bank asks the customer to approve. */
export interface Challenge {
  id: string;
  amount: Money;
  description: string;
  status: ChallengeStatus;
  returnUrl: string;
}

export interface ChallengeKey {
  intentId: string;
  /** Proves that the customer was sent here by the payment. */
  secret: string;
}

const challengeUrl = ({ intentId, secret }: ChallengeKey) => ({ url: `payments/challenges/${encodeURIComponent(intentId)}`, params: { secret } });

export const paymentApi = api.injectEndpoints({
  endpoints: (build) => ({
    paymentConfig: build.query<PaymentConfig, void>({
      query: () => 'payments/config',
      providesTags: ['Payment'],
    }),
    challenge: build.query<Challenge, ChallengeKey>({
      query: challengeUrl,
      providesTags: (_challenge, _error, { intentId }) => [{ type: 'Payment', id: intentId }],
    }),
    answerChallenge: build.mutation<Challenge, ChallengeKey & { outcome: 'approve' | 'decline' }>({
      query: ({ outcome, ...key }) => ({ ...challengeUrl(key), method: 'POST', body: { outcome } }),
      // Also after a refusal: somebody else may have answered.
      invalidatesTags: (_challenge, _error, { intentId }) => [{ type: 'Payment', id: intentId }],
    }),
  }),
});

export const { usePaymentConfigQuery, useChallengeQuery, useAnswerChallengeMutation } = paymentApi;
