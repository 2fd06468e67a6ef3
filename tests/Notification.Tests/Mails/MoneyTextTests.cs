using Argosy.Contracts;
using Argosy.Notification.Features.Mails.Templates;

namespace Argosy.Notification.Tests.Mails;

public sealed class MoneyTextTests
{
    [Theory]
    [InlineData(1999, "EUR", "€19.99")]
    [InlineData(0, "EUR", "€0.00")]
    [InlineData(5, "USD", "$0.05")]
    [InlineData(123456789, "GBP", "£1,234,567.89")]
    [InlineData(-450, "EUR", "-€4.50")]
    [InlineData(1999, "JPY", "¥1,999")]
    [InlineData(1999, "KWD", "KWD\u00a01.999")]
    [InlineData(1200, "CHF", "CHF\u00a012.00")]
    [InlineData(long.MaxValue, "EUR", "€92,233,720,368,547,758.07")]
    [InlineData(long.MinValue, "EUR", "-€92,233,720,368,547,758.08")]
    public void Of_Amount_IsWrittenAsReadersExpect(long amount, string currency, string text) =>
        Assert.Equal(text, MoneyText.Of(new Money(amount, currency)));
}
