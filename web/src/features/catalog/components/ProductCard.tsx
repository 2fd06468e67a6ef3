import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatMoney } from '../../../shared/format';
import type { Product } from '../api';
import { isSoldOut, priceRange } from '../price';

export function ProductCard({ product }: { product: Product }) {
  const { t } = useTranslation();
  const range = priceRange(product.variants);
  const price = range && formatMoney(range.lowest);
  return (
    <article className="product-card">
      <Link to={`/p/${product.slug}`} className="product-card__link">
        <img className="product-card__image" src={product.images[0]} alt="" loading="lazy" width="320" height="320" />
        <h2 className="product-card__title">{product.title}</h2>
      </Link>
      <p className="product-card__price">
        {range && (range.varies ? t('catalog.from', { price }) : price)}
        {isSoldOut(product.variants) && <span className="tag">{t('catalog.soldOut')}</span>}
      </p>
    </article>
  );
}
