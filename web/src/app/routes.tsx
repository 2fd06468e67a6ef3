import { createBrowserRouter, type RouteObject } from 'react-router';
import { AppRoot } from './layout/AppRoot';
import { Layout } from './layout/Layout';
import { NotFoundPage } from './layout/NotFoundPage';
import { RouteError } from './layout/RouteError';

/** Each page is its own chunk, loaded when first visited. */
export const routes: RouteObject[] = [
  {
    element: <AppRoot />,
    errorElement: <RouteError />,
    hydrateFallbackElement: <></>,
    children: [
      {
        path: '/',
        element: <Layout />,
        children: [
          { index: true, lazy: () => import('../features/catalog/routes/CatalogPage') },
          { path: 'c/:category', lazy: () => import('../features/catalog/routes/CatalogPage') },
          { path: 'p/:slug', lazy: () => import('../features/catalog/routes/ProductPage') },
          { path: 'basket', lazy: () => import('../features/basket/routes/BasketPage') },
          { path: 'checkout', lazy: () => import('../features/checkout/routes/CheckoutPage') },
          { path: 'orders', lazy: () => import('../features/orders/routes/OrdersPage') },
          { path: 'orders/:orderId', lazy: () => import('../features/orders/routes/OrderPage') },
          { path: '*', element: <NotFoundPage /> },
        ],
      },
      // Without the shop's frame: it stands for the customer's bank.
      { path: 'payment/challenge/:intentId', lazy: () => import('../features/payment/routes/ChallengePage') },
    ],
  },
];

export const createAppRouter = () => createBrowserRouter(routes);
