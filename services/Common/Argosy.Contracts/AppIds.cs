namespace Argosy.Contracts;

/// <summary>The app ids of the services, as Dapr knows them.</summary>
public static class AppIds
{
    /// <summary>The edge.</summary>
    public const string Gateway = "gateway";

    /// <summary>Products, categories, prices.</summary>
    public const string Catalog = "catalog";

    /// <summary>Carts.</summary>
    public const string Basket = "basket";

    /// <summary>Stock.</summary>
    public const string Inventory = "inventory";

    /// <summary>Orders and their workflow.</summary>
    public const string Ordering = "ordering";

    /// <summary>Payments through the payment gateway.</summary>
    public const string Payment = "payment";

    /// <summary>E-mails and live news.</summary>
    public const string Notification = "notification";

    /// <summary>Stands in for the payment gateway; local profiles only.</summary>
    public const string PaymentSimulator = "paymentsimulator";
}
