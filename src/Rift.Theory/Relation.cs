namespace Rift.Theory;

/// <summary>How the two sides of a statement stand to each other, entry by entry.</summary>
public enum Relation
{
    /// <summary>left = right.</summary>
    Equal,

    /// <summary>left &lt;= right.</summary>
    AtMost,
}
