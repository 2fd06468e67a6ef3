import { api } from '../../app/api';
import type { Money, Page } from '../../shared/types';

export interface Variant {
  sku: string;
  title: string;
  price: Money;
  available: number;
}

export interface Product {
  id: string;
  slug: string;
  title: string;
  description: string;
  category: string;
  images: string[];
  variants: Variant[];
}

export interface Category {
  slug: string;
  title: string;
  productCount: number;
  children?: Category[];
}

export const sortOrders = ['newest', 'price', '-price', 'title'] as const;
export type SortOrder = (typeof sortOrders)[number];

export interface ProductQuery {
  category?: string | undefined;
  page: number;
  pageSize: number;
  sort: SortOrder;
}

export const catalogApi = api.injectEndpoints({
  endpoints: (build) => ({
    products: build.query<Page<Product>, ProductQuery>({
      query: ({ category, ...rest }) => ({ url: 'catalog/products', params: category ? { category, ...rest } : rest }),
      providesTags: ['Product'],
    }),
    product: build.query<Product, string>({
      query: (slug) => `catalog/products/${encodeURIComponent(slug)}`,
      providesTags: (_product, _error, slug) => [{ type: 'Product', id: slug }],
    }),
    categories: build.query<Category[], void>({
      query: () => 'catalog/categories',
      transformResponse: (answer: Category[] | { items: Category[] }) => (Array.isArray(answer) ? answer : answer.items),
      providesTags: ['Category'],
      keepUnusedDataFor: 600,
    }),
  }),
});

export const { useProductsQuery, useProductQuery, useCategoriesQuery } = catalogApi;
