/** The most pieces of one SKU a basket takes; the Basket service enforces it. */
export const maxQuantity = 99;
