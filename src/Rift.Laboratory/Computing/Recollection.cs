namespace Rift.Laboratory;

/// <summary>The last value of each part of a study, with what it was made from: what has not changed is not computed again, and what has starts from the last value.</summary>
/// <remarks>One value a part, so the memory is that of one study. Not for several threads.</remarks>
public sealed class Recollection
{
    private readonly Dictionary<string, (object From, object Value)> _parts = [];

    /// <summary>How many values have been made and not recalled.</summary>
    public int Made { get; private set; }

    /// <summary>The value of a part.</summary>
    /// <param name="part">What the part is called.</param>
    /// <param name="from">All that the value is made from; equal means the same value.</param>
    /// <param name="make">Makes the value from the last one, which is null at first.</param>
    public T Of<T>(string part, object from, Func<T?, T> make)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(make);
        bool known = _parts.TryGetValue(part, out (object From, object Value) last);
        if (known && from.Equals(last.From)) return (T)last.Value;
        T value = make(known ? last.Value as T : null);
        _parts[part] = (from, value);
        Made++;
        return value;
    }
}
