namespace Argosy.Contracts.Ordering;

/// <summary>Asks Ordering (<c>POST /internal/orders/contacts</c>) whom mails about orders go to. Events carry no personal data, so that none
/// lies with the broker.</summary>
/// <param name="OrderIds">At most 100.</param>
public sealed record OrderContactsRequest(IReadOnlyList<Guid> OrderIds);

/// <summary>The answer: those orders that exist, in no particular order.</summary>
public sealed record OrderContacts(IReadOnlyList<OrderContact> Orders);

/// <summary>What a mail about an order needs to know.</summary>
/// <param name="Email">Where it goes.</param>
/// <param name="Name">Whom it addresses.</param>
public sealed record OrderContact(Guid OrderId, string Number, string Email, string Name, IReadOnlyList<OrderEventLine> Lines, Money Total);
