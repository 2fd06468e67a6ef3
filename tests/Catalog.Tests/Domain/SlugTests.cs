using Argosy.Catalog.Domain;

namespace Argosy.Catalog.Tests.Domain;

public sealed class SlugTests
{
    [Theory]
    [InlineData("Chef's Knife", "chefs-knife")]
    [InlineData("  Home & Living  ", "home-living")]
    [InlineData("70 % Cocoa", "70-cocoa")]
    [InlineData("---", "")]
    public void From_Name_IsValidSlug(string name, string slug)
    {
        Assert.Equal(slug, Slug.From(name));
        Assert.Equal(slug.Length > 0, Slug.IsValid(slug));
    }

    [Fact]
    public void From_LongName_IsCutToTheLimit() => Assert.True(Slug.IsValid(Slug.From(new string('a', Slug.MaxLength - 1) + " " + new string('b', 50))));

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a--b")]
    [InlineData("A")]
    [InlineData("a b")]
    [InlineData("../etc")]
    [InlineData("é")]
    public void IsValid_OtherText_IsFalse(string text) => Assert.False(Slug.IsValid(text));
}
