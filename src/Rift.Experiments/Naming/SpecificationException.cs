namespace Rift.Experiments;

/// <summary>A prior, a supervisor or an experiment is not specified as it should be: says where, what was found and what was expected.</summary>
/// <param name="message">The same in one line.</param>
public sealed class SpecificationException(string message) : FormatException(message);
