import { useTranslation } from 'react-i18next';
import { brandOf } from '../card/brand';
import { formatNumber } from '../card/format';
import { testCards, type TestCard } from '../card/testCards';

/** Every test card and what it does; one press fills the form with it. */
export function TestCardList({ onUse }: { onUse: (card: TestCard) => void }) {
  const { t } = useTranslation();
  return (
    <details className="test-cards">
      <summary>{t('card.testCards')}</summary>
      <p className="muted small">{t('card.testCardsHelp')}</p>
      <ul>
        {testCards.map((card) => {
          const brand = brandOf(card.number);
          return (
            <li key={card.number}>
              <button type="button" className="test-cards__card" onClick={() => onUse(card)}>
                <span className="test-cards__number">{formatNumber(card.number)}</span>
                <span className="muted small">{t(`card.outcome.${card.outcome}`)}{brand && ` · ${t(`card.brand.${brand}`)}`}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
