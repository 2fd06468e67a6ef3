using System.Security.Cryptography;
using System.Text;
using Argosy.Ordering.Infrastructure.PersonalData;
using FsCheck.Xunit;

namespace Argosy.Ordering.Tests.Features;

public sealed class PersonalDataSealerTests
{
    private static readonly Guid OrderId = Guid.CreateVersion7();

    private readonly PersonalDataSealer _sealer = new(RandomNumberGenerator.GetBytes(32));

    [Property]
    public void Open_WhatWasSealed_GivesItBack(FsCheck.UnicodeString text)
    {
        var value = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Get));

        Assert.Equal(value, _sealer.Open(OrderId, "email", _sealer.Seal(OrderId, "email", value)));
    }

    [Fact]
    public void Seal_Email_HidesItAndNeverRepeats()
    {
        var first = _sealer.Seal(OrderId, "email", "ada@example.org");
        var second = _sealer.Seal(OrderId, "email", "ada@example.org");

        Assert.DoesNotContain("example", Encoding.UTF8.GetString(first), StringComparison.Ordinal);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void Open_OtherOrderOrFieldOrKey_Refuses()
    {
        var box = _sealer.Seal(OrderId, "email", "ada@example.org");

        Assert.ThrowsAny<CryptographicException>(() => _sealer.Open(Guid.CreateVersion7(), "email", box));
        Assert.ThrowsAny<CryptographicException>(() => _sealer.Open(OrderId, "shipping-address", box));
        Assert.ThrowsAny<CryptographicException>(() => new PersonalDataSealer(RandomNumberGenerator.GetBytes(32)).Open(OrderId, "email", box));
    }

    [Fact]
    public void Open_ChangedValue_Refuses()
    {
        var box = _sealer.Seal(OrderId, "email", "ada@example.org");
        for (var i = 0; i < box.Length; i++)
        {
            var changed = (byte[])box.Clone();
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => _sealer.Open(OrderId, "email", changed));
        }
    }

    [Fact]
    public void Constructor_ShortKey_Refuses() => Assert.Throws<ArgumentException>(() => new PersonalDataSealer(new byte[16]));
}
