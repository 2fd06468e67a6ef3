import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { FailureNotice } from '../../../shared/components/FailureNotice';
import { MoneyText } from '../../../shared/components/MoneyText';
import { OfflineReason } from '../../../shared/components/OfflineReason';
import { Skeleton } from '../../../shared/components/Skeleton';
import { useOffline } from '../../../shared/connectivity/useOffline';
import { isNotFound } from '../../../shared/problem';
import { useGoTo } from '../../../shared/useGoTo';
import { useTitle } from '../../../shared/useTitle';
import { useAnswerChallengeMutation, useChallengeQuery, type Challenge, type ChallengeKey } from '../api';
import '../challenge.css';

/** Stands for the page of the customer's bank in shops whose payments are simulated (3-D Secure). */
export function Component() {
  const { t } = useTranslation();
  const { intentId = '' } = useParams();
  const [search] = useSearchParams();
  useTitle(t('challenge.title'));
  return (
    <div className="bank">
      <header className="bank__header">
        <span className="bank__name"><span className="bank__mark" aria-hidden="true" />{t('challenge.bank')}</span>
        <span className="bank__secure">{t('challenge.check')}</span>
      </header>
      <main className="bank__card">
        <p className="bank__simulated"><strong>{t('challenge.simulated')}</strong> {t('challenge.simulatedText')}</p>
        <Content challengeKey={{ intentId, secret: search.get('secret') ?? '' }} />
      </main>
    </div>
  );
}

function Content({ challengeKey }: { challengeKey: ChallengeKey }) {
  const { t } = useTranslation();
  const { data: challenge, error, refetch } = useChallengeQuery(challengeKey, { refetchOnMountOrArgChange: true });
  if (challenge) return challenge.status === 'open' ? <Question challenge={challenge} challengeKey={challengeKey} /> : <Decided challenge={challenge} />;
  if (isNotFound(error)) {
    return (
      <>
        <h1>{t('challenge.unknown')}</h1>
        <p>{t('challenge.unknownText')}</p>
        <Link className="button button--wide" to="/orders">{t('challenge.toOrders')}</Link>
      </>
    );
  }
  return error ? <FailureNotice error={error} onRetry={refetch} /> : <Skeleton shape="line" count={4} />;
}

function Question({ challenge, challengeKey }: { challenge: Challenge; challengeKey: ChallengeKey }) {
  const { t } = useTranslation();
  const goTo = useGoTo();
  const reasonId = useId();
  const offline = useOffline();
  const [answer, { isLoading, isSuccess, error }] = useAnswerChallengeMutation();

  const give = async (outcome: 'approve' | 'decline') => {
    const { data } = await answer({ ...challengeKey, outcome });
    if (data) goTo(data.returnUrl, { answered: true });
  };
  const button = (outcome: 'approve' | 'decline', look: string) => (
    <button
      className={`button button--wide ${look}`}
      disabled={offline || isLoading || isSuccess}
      aria-describedby={offline ? reasonId : undefined}
      onClick={() => void give(outcome)}
    >
      {t(`challenge.${outcome}`)}
    </button>
  );
  return (
    <>
      <h1>{t('challenge.heading')}</h1>
      <p>{t('challenge.text')}</p>
      <Details challenge={challenge} />
      {error && <FailureNotice error={error} />}
      {button('approve', 'bank__approve')}
      {button('decline', 'button--quiet')}
      <OfflineReason id={reasonId} />
      <p role="status" className="visually-hidden">{isLoading && t('challenge.sending')}</p>
    </>
  );
}

function Decided({ challenge }: { challenge: Challenge }) {
  const { t } = useTranslation();
  const goTo = useGoTo();
  const approved = challenge.status === 'approved';
  return (
    <>
      <h1>{approved ? t('challenge.approved') : t('challenge.declined')}</h1>
      <p>{t('challenge.decidedText')}</p>
      <Details challenge={challenge} />
      <button className="button button--wide bank__approve" onClick={() => goTo(challenge.returnUrl, { answered: true })}>{t('challenge.back')}</button>
    </>
  );
}

function Details({ challenge }: { challenge: Challenge }) {
  const { t } = useTranslation();
  return (
    <dl className="bank__details">
      <div><dt>{t('challenge.shop')}</dt><dd>Argosy</dd></div>
      <div><dt>{t('challenge.order')}</dt><dd>{challenge.description}</dd></div>
      <div className="bank__amount"><dt>{t('challenge.amount')}</dt><dd><MoneyText value={challenge.amount} /></dd></div>
    </dl>
  );
}
