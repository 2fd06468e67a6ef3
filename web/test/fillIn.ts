import { screen } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';

export async function fillInAddress(user: UserEvent) {
  await user.type(await screen.findByLabelText('E-mail'), 'ada@example.com');
  await user.type(screen.getByLabelText('Full name'), 'Ada Example');
  await user.type(screen.getByLabelText('Street and number'), 'Harbour Street 1');
  await user.type(screen.getByLabelText('Postal code'), '20457');
  await user.type(screen.getByLabelText('City'), 'Hamburg');
}

export async function fillInCard(user: UserEvent, number = '4242424242424242') {
  await user.type(await screen.findByLabelText('Card number'), number);
  await user.type(screen.getByLabelText('Expiry date'), '1239');
  await user.type(screen.getByLabelText('Security code'), number.startsWith('3') ? '1234' : '123');
}

export const placeOrder = (user: UserEvent) => user.click(screen.getByRole('button', { name: 'Place order' }));
