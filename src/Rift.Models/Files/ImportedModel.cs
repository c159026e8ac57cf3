using Rift.Mdp;

namespace Rift.Models;

/// <summary>A model that was read from a file, and what reading did to it.</summary>
/// <param name="Model">The model.</param>
/// <param name="Report">What was summed, made terminal, divided or assumed.</param>
public sealed record ImportedModel(MarkovDecisionProcess Model, ImportReport Report);
