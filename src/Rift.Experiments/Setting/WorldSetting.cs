namespace Rift.Experiments;

/// <summary>A world of an experiment, with the priors and the supervisors that are tried on it.</summary>
/// <param name="Model">A built-in world or a model file.</param>
/// <param name="Priors">The priors by the names that tables call them, each as <see cref="PriorSpec"/> writes it, in order.</param>
/// <param name="Interventions">The supervisors by name, each as <see cref="InterventionSpec"/> writes it, in order.</param>
public sealed record WorldSetting(string Model, IReadOnlyList<NamedText> Priors, IReadOnlyList<NamedText> Interventions);

/// <summary>A name and what it stands for.</summary>
/// <param name="Name">The name.</param>
/// <param name="Text">What it stands for.</param>
public sealed record NamedText(string Name, string Text);
