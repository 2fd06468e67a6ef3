import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useCategoriesQuery, type Category } from '../api';

export function CategoryNav() {
  const { t } = useTranslation();
  const { data: categories = [] } = useCategoriesQuery();
  return (
    <nav className="category-nav" aria-label={t('catalog.categories')}>
      <ul>
        <li><NavLink to="/" end>{t('catalog.all')}</NavLink></li>
        <CategoryLinks categories={categories} />
      </ul>
    </nav>
  );
}

function CategoryLinks({ categories }: { categories: Category[] }) {
  return categories.map((category) => (
    <li key={category.slug}>
      <NavLink to={`/c/${category.slug}`}>
        {category.title} <span className="muted small">{category.productCount}</span>
      </NavLink>
      {category.children && category.children.length > 0 && (
        <ul><CategoryLinks categories={category.children} /></ul>
      )}
    </li>
  ));
}
