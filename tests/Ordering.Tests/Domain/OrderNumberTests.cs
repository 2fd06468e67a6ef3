using Argosy.Ordering.Domain;

namespace Argosy.Ordering.Tests.Domain;

public sealed class OrderNumberTests
{
    [Fact]
    public void New_ManyNumbers_AreReadableAndDiffer()
    {
        var numbers = Enumerable.Range(0, 5_000).Select(_ => OrderNumber.New()).ToList();

        Assert.All(numbers, number => Assert.Matches("^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$", number));
        Assert.All(numbers, number => Assert.Equal(OrderNumber.Length, number.Length));
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
    }
}
