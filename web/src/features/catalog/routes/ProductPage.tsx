import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { EmptyState } from '../../../shared/components/EmptyState';
import { FailureNotice } from '../../../shared/components/FailureNotice';
import { MoneyText } from '../../../shared/components/MoneyText';
import { Skeleton } from '../../../shared/components/Skeleton';
import { isNotFound } from '../../../shared/problem';
import { useTitle } from '../../../shared/useTitle';
import { AddToBasket } from '../../basket/components/AddToBasket';
import { useProductQuery, type Product, type Variant } from '../api';
import '../catalog.css';

export function Component() {
  const { t } = useTranslation();
  const { slug = '' } = useParams();
  const { currentData: product, error, refetch } = useProductQuery(slug);
  useTitle(product?.title);

  if (isNotFound(error)) {
    return (
      <EmptyState title={t('product.missing')}>
        <Link className="button" to="/">{t('common.toShop')}</Link>
      </EmptyState>
    );
  }
  if (!product) return error ? <FailureNotice error={error} onRetry={refetch} /> : <Skeleton shape="panel" />;
  // A key for each product: another product starts with its own first variant.
  return <ProductDetail key={product.id} product={product} />;
}

function ProductDetail({ product }: { product: Product }) {
  const { t } = useTranslation();
  const [sku, setSku] = useState(() => (product.variants.find(({ available }) => available > 0) ?? product.variants[0])?.sku);
  const variant = product.variants.find((candidate) => candidate.sku === sku);

  return (
    <article className="product">
      <img className="product__image" src={product.images[0]} alt="" width="640" height="640" />
      <div className="product__detail">
        <h1>{product.title}</h1>
        {variant && (
          <>
            <p className="product__price" data-testid="price"><MoneyText value={variant.price} /></p>
            <StockNote variant={variant} />
            {product.variants.length > 1 && (
              <fieldset className="variants">
                <legend>{t('product.variant')}</legend>
                {product.variants.map((option) => (
                  <label key={option.sku} className="variants__option" data-sold-out={option.available <= 0}>
                    <input type="radio" name="variant" value={option.sku} checked={option.sku === sku} onChange={() => setSku(option.sku)} />
                    <span>{option.title}</span>
                  </label>
                ))}
              </fieldset>
            )}
            <AddToBasket key={variant.sku} sku={variant.sku} available={variant.available} />
          </>
        )}
        <p className="product__description">{product.description}</p>
      </div>
    </article>
  );
}

function StockNote({ variant: { available } }: { variant: Variant }) {
  const { t } = useTranslation();
  if (available <= 0) return <p className="tag">{t('product.soldOut')}</p>;
  if (available <= 5) return <p className="stock stock--few">{t('product.fewLeft', { count: available })}</p>;
  return <p className="stock">{t('product.inStock')}</p>;
}
