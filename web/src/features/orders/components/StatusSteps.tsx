import { useTranslation } from 'react-i18next';
import type { OrderStatus } from '../api';
import { stepsOf } from '../status';

export function StatusSteps({ status }: { status: OrderStatus }) {
  const { t } = useTranslation();
  const steps = stepsOf(status);
  const reached = steps.indexOf(status);
  if (reached < 0) return <p className={`status status--${status}`}>{t(`status.${status}`)}</p>;
  return (
    <ol className="status-steps" data-steps={steps.length} aria-label={t('orders.progress')}>
      {steps.map((step, index) => (
        <li key={step} data-step={step} data-state={index < reached ? 'done' : index === reached ? 'current' : 'ahead'} aria-current={index === reached ? 'step' : undefined}>
          {t(`status.${step}`)}
        </li>
      ))}
    </ol>
  );
}
