import type { Basket, BasketLine } from '../src/features/basket/api';
import type { Product } from '../src/features/catalog/api';
import type { Order } from '../src/features/orders/api';
import type { Money } from '../src/shared/types';

export const eur = (amount: number): Money => ({ amount, currency: 'EUR' });

export const lamp: Product = {
  id: '0199a000-0000-7000-8000-000000000001',
  slug: 'brass-lamp',
  title: 'Brass Lamp',
  description: 'Lights the chart table.',
  category: 'lighting',
  images: ['/api/catalog/images/lamp.svg'],
  variants: [
    { sku: 'LAMP-S', title: 'Small', price: eur(1999), available: 3 },
    { sku: 'LAMP-L', title: 'Large', price: eur(2999), available: 0 },
  ],
};

export const lampLine = (quantity: number): BasketLine => ({
  sku: 'LAMP-S', title: 'Brass Lamp', quantity, unitPrice: eur(1999), lineTotal: eur(1999 * quantity), image: null,
});

export function basketOf(...items: BasketLine[]): Basket {
  const subtotal = items.reduce((sum, { lineTotal }) => sum + lineTotal.amount, 0);
  const shipping = items.length > 0 ? 490 : 0;
  return { items, subtotal: eur(subtotal), discount: eur(0), shipping: eur(shipping), tax: eur(100), total: eur(subtotal + shipping) };
}

export const orderOf = (status: Order['status'], more: Partial<Order> = {}): Order => ({
  id: '0199a000-0000-7000-8000-00000000000a',
  number: 'A-1001',
  status,
  items: [{ sku: 'LAMP-S', title: 'Brass Lamp', quantity: 2, unitPrice: eur(1999) }],
  subtotal: eur(3998),
  discount: eur(0),
  shipping: eur(490),
  tax: eur(717),
  total: eur(4488),
  createdAt: '2026-11-23T09:00:00Z',
  email: 'ada@example.com',
  shippingAddress: { name: 'Ada Example', line1: 'Harbour Street 1', city: 'Hamburg', postalCode: '20457', country: 'DE' },
  nextAction: null,
  cancelReason: null,
  ...more,
});
