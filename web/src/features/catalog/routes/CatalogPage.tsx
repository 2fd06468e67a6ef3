import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { EmptyState } from '../../../shared/components/EmptyState';
import { FailureNotice } from '../../../shared/components/FailureNotice';
import { Skeleton } from '../../../shared/components/Skeleton';
import { useTitle } from '../../../shared/useTitle';
import { sortOrders, useCategoriesQuery, useProductsQuery, type Category, type SortOrder } from '../api';
import { CategoryNav } from '../components/CategoryNav';
import { Pagination } from '../../../shared/components/Pagination';
import { ProductCard } from '../components/ProductCard';
import '../catalog.css';

const pageSize = 24;

const sortLabels = {
  newest: 'catalog.sortNewest',
  price: 'catalog.sortPriceUp',
  '-price': 'catalog.sortPriceDown',
  title: 'catalog.sortTitle',
} as const;

export function Component() {
  const { t } = useTranslation();
  const { category } = useParams();
  const [search, setSearch] = useSearchParams();
  const page = Math.max(1, Number(search.get('page')) || 1);
  const sort = sortOrders.find((order) => order === search.get('sort')) ?? 'newest';
  const { data: categories } = useCategoriesQuery();
  const { data, currentData, error, isFetching, refetch } = useProductsQuery({ category, page, pageSize, sort });

  const heading = category ? (findCategory(categories ?? [], category)?.title ?? t('catalog.all')) : t('catalog.heading');
  useTitle(category ? heading : undefined);

  const href = (target: number) => `?${new URLSearchParams({ ...(sort === 'newest' ? {} : { sort }), page: String(target) })}`;

  return (
    <div className="catalog">
      <CategoryNav />
      <section className="catalog__products" aria-busy={isFetching}>
        <div className="catalog__bar">
          <h1>{heading}</h1>
          {data && <p className="muted" aria-live="polite">{t('catalog.count', { count: data.total })}</p>}
          <label className="catalog__sort">
            {t('catalog.sort')}
            <select value={sort} onChange={(event) => setSearch({ sort: event.target.value as SortOrder })}>
              {sortOrders.map((order) => <option key={order} value={order}>{t(sortLabels[order])}</option>)}
            </select>
          </label>
        </div>
        {error && !currentData ? (
          <FailureNotice error={error} onRetry={refetch} />
        ) : !data ? (
          <Skeleton shape="card" count={12} />
        ) : data.items.length === 0 ? (
          <EmptyState title={t('catalog.empty')} text={t('catalog.emptyText')} />
        ) : (
          <>
            <ul className="product-grid" data-stale={isFetching}>
              {data.items.map((product) => <li key={product.id}><ProductCard product={product} /></li>)}
            </ul>
            <Pagination page={data.page} pages={Math.ceil(data.total / data.pageSize)} href={href} />
          </>
        )}
      </section>
    </div>
  );
}

function findCategory(categories: Category[], slug: string): Category | undefined {
  for (const category of categories) {
    const found = category.slug === slug ? category : findCategory(category.children ?? [], slug);
    if (found) return found;
  }
  return undefined;
}
